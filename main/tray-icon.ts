/** A door, 32 by 32 pixels, black with transparency: what macOS calls a template, which it colours by itself. */
export const TRAY_ICON =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAAAPUlEQVR42u3SsQoAIAhAQf//p21vFJOEe+DWcGgR+rR8NAAlQOc5dwOq6wYAAAAYA9zvAHxCAACA3QCNdQDd3sBOxsz7PwAAAABJRU5ErkJggg==';
