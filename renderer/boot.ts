import './styles/frame.css';

/** The page waits for this file and its few styles only: the frame is painted while the console is still read. */
import('./main.tsx').catch((error: unknown) => {
  console.error('The console could not be loaded.', error);
});
