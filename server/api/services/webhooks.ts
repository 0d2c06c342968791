import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import type { In, Out } from '../io.ts';

export interface WebhooksApi {
  list(input: In<typeof api.WebhookListInput>): Out<typeof api.WebhookPage>;
  get(id: string): Out<typeof api.WebhookDetail>;
  summary(): Out<typeof api.WebhookSummary>;
  health(): Out<typeof api.WebhookHealth>;
  count(filter: api.WebhookFilter): Promise<{ count: number; more: boolean }>;
  compare(id: string): Out<typeof api.WebhookComparison>;
  curl(id: string): Promise<{ command: string }>;
  rerun(input: In<typeof api.WebhookRerunInput>): Out<typeof api.WebhookRerunOutput>;
  send(input: In<typeof api.WebhookSendInput>): Out<typeof api.WebhookSendOutput>;
  forward(input: In<typeof api.WebhookForwardInput>): Out<typeof api.WebhookForwardOutput>;
  sample(shop: string, topic: string): Out<typeof api.WebhookSample>;
  bookmarks(): Promise<{ items: z.output<typeof api.WebhookBookmark>[] }>;
  bookmark(id: string, name: string | null): Promise<void>;
  subscriptions(): Promise<{ items: api.WebhookSubscriptionCheck[] }>;
  repairSubscriptions(shop: string): Promise<api.WebhookSubscriptionCheck>;
  missed(input: In<typeof api.WebhookMissedInput>, signal?: AbortSignal): Promise<{ items: api.WebhookMissed[] }>;
  recover(input: In<typeof api.WebhookMissedInput>): Promise<{ taskId: string }>;
  gaps(): Promise<{ items: api.WebhookGap[] }>;
}
