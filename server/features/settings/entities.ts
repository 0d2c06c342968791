import { EntitySchema } from 'typeorm';

export interface SettingRecord {
  key: string;
  value: string;
  updatedAt: string;
}

export const SettingEntity = new EntitySchema<SettingRecord>({
  name: 'Setting',
  tableName: 'settings',
  columns: {
    key: { type: 'text', primary: true },
    value: { type: 'text' },
    updatedAt: { type: 'text', name: 'updated_at' },
  },
});
