/** What the desktop's preload script offers. Absent in a plain browser. */
interface DesktopBridge {
  readonly openExternal: (url: string) => unknown;
}

const isBridge = (value: unknown): value is DesktopBridge =>
  typeof value === 'object' && value !== null && 'openExternal' in value && typeof value.openExternal === 'function';

const bridge = (): DesktopBridge | null => {
  const candidate: unknown = Reflect.get(globalThis, 'backroom');
  return isBridge(candidate) ? candidate : null;
};

export const isDesktop = (): boolean => bridge() !== null;

/** Opens an address in the system browser. A rejected promise means the person has to use the printed link. */
export const openExternal = async (url: string): Promise<void> => {
  const desktop = bridge();
  if (desktop !== null) {
    await desktop.openExternal(url);
    return;
  }
  window.open(url, '_blank', 'noopener');
};
