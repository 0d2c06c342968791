import { sealedColumn } from '../../platform/vault/key-rotation.ts';

/** The stores' tokens, sealed for their store. */
export const shopSealedValues = ['access_token', 'refresh_token'].map((column) =>
  sealedColumn({ table: 'shops', key: 'shop', column, owner: (shop) => shop }),
);
