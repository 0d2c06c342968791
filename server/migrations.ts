import { InitialSchema1795478400000 } from './migrations/1795478400000-initial-schema.ts';
import { Tasks1795478500000 } from './migrations/1795478500000-tasks.ts';
import { WebhookInbox1795478600000 } from './migrations/1795478600000-webhook-inbox.ts';
import { Pixel1795478700000 } from './migrations/1795478700000-pixel.ts';
import { StoreData1795478800000 } from './migrations/1795478800000-store-data.ts';
import { Privacy1795478900000 } from './migrations/1795478900000-privacy.ts';
import { Leases1795479000000 } from './migrations/1795479000000-leases.ts';
import { Browse1795479100000 } from './migrations/1795479100000-browse.ts';
import { Tunnel1795479200000 } from './migrations/1795479200000-tunnel.ts';
import { Connections1795479300000 } from './migrations/1795479300000-connections.ts';
import { PixelRules1795479500000 } from './migrations/1795479500000-pixel-rules.ts';
import { WebhookGaps1795479700000 } from './migrations/1795479700000-webhook-gaps.ts';
import { PaymentIds1795480000000 } from './migrations/1795480000000-payment-ids.ts';
import { SeenKeys1795480100000 } from './migrations/1795480100000-seen-keys.ts';
import { BrowseIndexes1795480300000 } from './migrations/1795480300000-browse-indexes.ts';
import { PixelPaid1795480600000 } from './migrations/1795480600000-pixel-paid.ts';
import { PixelPaidCovering1795480610000 } from './migrations/1795480610000-pixel-paid-covering.ts';
import { FilterColumns1795480800000 } from './migrations/1795480800000-filter-columns.ts';
import { HeldTasks1795481100000 } from './migrations/1795481100000-held-tasks.ts';
import { PersonLookup1795500200000 } from './migrations/1795500200000-person-lookup.ts';
import { SuppressionRequests1795500210000 } from './migrations/1795500210000-suppression-requests.ts';
import { GridCharts1795500400000 } from './migrations/1795500400000-grid-charts.ts';
import { WithheldRows1795500700000 } from './migrations/1795500700000-withheld-rows.ts';
import { AcceptedRemains1795500710000 } from './migrations/1795500710000-accepted-remains.ts';

/** In order of their time stamps. A released migration is never edited; a change of schema is a new one. */
export const migrations = [
  InitialSchema1795478400000,
  Tasks1795478500000,
  WebhookInbox1795478600000,
  Pixel1795478700000,
  StoreData1795478800000,
  Privacy1795478900000,
  Leases1795479000000,
  Browse1795479100000,
  Tunnel1795479200000,
  Connections1795479300000,
  PixelRules1795479500000,
  WebhookGaps1795479700000,
  PaymentIds1795480000000,
  SeenKeys1795480100000,
  BrowseIndexes1795480300000,
  PixelPaid1795480600000,
  PixelPaidCovering1795480610000,
  FilterColumns1795480800000,
  HeldTasks1795481100000,
  PersonLookup1795500200000,
  SuppressionRequests1795500210000,
  GridCharts1795500400000,
  WithheldRows1795500700000,
  AcceptedRemains1795500710000,
];
