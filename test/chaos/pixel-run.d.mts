interface Pace {
  isOver(): boolean;
  isKillDue(): boolean;
  pause(random: () => number): Promise<unknown>;
}
export declare const byCount: (options: { bursts: number; killEvery: number }) => Pace;
export declare const runPixelChaos: (options: {
  file: string;
  demo: { origin: string; shop: string; clientId: string; clientSecret: string; adminToken: string };
  pace: Pace;
  seed: number;
}) => Promise<{ sent: number; acknowledged: number; again: number; kills: number }>;
