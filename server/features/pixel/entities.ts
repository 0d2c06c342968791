import { EntitySchema } from 'typeorm';

/** The store's web pixel: the public write key that shoppers' browsers send, and Shopify's record of the extension. */
export interface ExtensionRecord {
  shop: string;
  pixelKey: string;
  webPixelId: string | null;
  endpoint: string | null;
  status: 'inactive' | 'active' | 'failed';
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
    updatedAt: { type: 'text', name: 'updated_at' },
  },
});
