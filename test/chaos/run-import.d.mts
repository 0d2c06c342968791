export declare const runImport: (options: {
  file: string;
  dataDir: string;
  demo: { origin: string; shop: string; clientId: string; clientSecret: string; adminToken: string };
  roots: number;
  rounds: number;
  log?: (line: string) => void;
}) => Promise<{
  seconds: number;
  kills: number;
  resumed: { resource: string; line: number }[];
  peakMb: number;
  counts: Record<string, { count: number; checksum: string }>;
}>;
