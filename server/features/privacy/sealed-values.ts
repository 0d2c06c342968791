import { sealedColumn } from '../../platform/vault/key-rotation.ts';
import { personOwner } from './requests.ts';

/** Whom an open request is about. */
export const privacySealedValues = [
  sealedColumn({ table: 'privacy_requests', key: 'id', column: 'person', owner: personOwner }),
];
