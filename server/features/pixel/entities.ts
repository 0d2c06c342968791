import { EntitySchema } from 'typeorm';

/** The store's web pixel: the public write key that shoppers' browsers send, and Shopify's record of the extension. */
export interface ExtensionRecord {
  shop: string;
  pixelKey: string;
  webPixelId: string | null;
  endpoint: string | null;
  status: 'inactive' | 'active' | 'failed';
  /** False while the operator keeps the pixel out of the store. */
  wanted: boolean;
  activatedAt: string | null;
  checkedAt: string | null;
  /** What differs at Shopify, as a sentence. */
  problem: string | null;
  updatedAt: string;
}

export const ExtensionEntity = new EntitySchema<ExtensionRecord>({
  name: 'Extension',
  tableName: 'extensions',
  columns: {
    shop: { type: 'text', primary: true },
    pixelKey: { type: 'text', name: 'pixel_key' },
    webPixelId: { type: 'text', name: 'web_pixel_id', nullable: true },
    endpoint: { type: 'text', nullable: true },
    status: { type: 'text' },
    wanted: { type: 'boolean' },
    activatedAt: { type: 'text', name: 'activated_at', nullable: true },
    checkedAt: { type: 'text', name: 'checked_at', nullable: true },
    problem: { type: 'text', nullable: true },
    updatedAt: { type: 'text', name: 'updated_at' },
  },
});
