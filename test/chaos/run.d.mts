export declare const runChaos: (options: {
  file: string;
  demo: { origin: string; shop: string; clientId: string; clientSecret: string; adminToken: string };
  rounds: number;
  count: number;
  seed: number;
  log?: (line: string) => void;
}) => Promise<{ ok: number; lost: number; kills: number; deliveries: number; sent: number; duplicates: number }>;
