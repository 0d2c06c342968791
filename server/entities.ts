import { ExtensionEntity } from './features/pixel/entities.ts';
import { SettingEntity } from './features/settings/entities.ts';
import { OAuthStateEntity, ShopEntity } from './features/shops/entities.ts';

/** What TypeORM maps. The hot tables (inbox, pixel events, resources) are written by statements and have no entity. */
export const entities = [ShopEntity, OAuthStateEntity, SettingEntity, ExtensionEntity];
