// Runs before the first paint, as a file because the content security policy forbids inline scripts: a person who chose the
// other colour scheme than the system's must not see a flash of it.
(() => {
  let chosen = 'auto';
  try {
    chosen = localStorage.getItem('backroom-color-scheme') ?? 'auto';
  } catch {
    // Storage can be switched off by policy; the system's scheme is right then.
    chosen = 'auto';
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
