/** Adds `tasks` invented tasks of the last six hours to the database in `dataDir`; the backend must not run meanwhile. */
export declare const seedTasks: (options: { dataDir: string; tasks: number; now?: number }) => Promise<void>;
