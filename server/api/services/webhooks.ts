import type * as api from '../../../shared/api.ts';
import type { In, Out } from '../io.ts';

export interface WebhooksApi {
  list(input: In<typeof api.WebhookListInput>): Out<typeof api.WebhookPage>;
  get(id: string): Out<typeof api.WebhookDetail>;
  summary(): Out<typeof api.WebhookSummary>;
}
