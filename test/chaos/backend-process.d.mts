export interface Backend {
  readonly publicUrl: string;
  readonly pid: number;
  /** As a crash or a power cut: nothing is said goodbye to. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Of the API; the path begins behind `/api/v1`. */
  get(path: string): Promise<unknown>;
}

/** The built backend as a process of its own, which a test may kill. */
export declare const startBackend: (options: {
  /** The built entry. */
  file: string;
  dataDir: string;
  demo: { origin: string; shop: string; clientId: string; clientSecret: string; adminToken: string };
  keys: { admin: string; master: string };
}) => Promise<Backend>;
