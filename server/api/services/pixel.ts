import type * as api from '../../../shared/api.ts';
import type { In, Out } from '../io.ts';

export interface PixelApi {
  list(input: In<typeof api.PixelListInput>): Out<typeof api.PixelPage>;
  get(id: string): Out<typeof api.PixelDetail>;
  summary(): Out<typeof api.PixelSummary>;
  stores(): Out<typeof api.PixelStores>;
  activate(shop: string): Out<typeof api.PixelStore>;
  deactivate(shop: string): Out<typeof api.PixelStore>;
  check(shop: string): Out<typeof api.PixelStore>;
  rotateKey(input: In<typeof api.PixelRotateInput>): Out<typeof api.PixelStore>;
  test(shop: string): Out<typeof api.PixelTestResult>;
  health(input: In<typeof api.PixelHealthInput>): Out<typeof api.PixelHealth>;
  retention(): Out<typeof api.PixelRetention>;
  saveRetention(input: In<typeof api.PixelRetentionSettings>): Out<typeof api.PixelRetention>;
  quarantineGroups(shop: string | undefined): Out<typeof api.PixelQuarantineGroups>;
  rerun(input: In<typeof api.PixelRerunInput>): Out<typeof api.PixelRerunResult>;
  rules(shop: string | undefined): Out<typeof api.PixelRules>;
  testRule(input: In<typeof api.PixelRuleInput>): Out<typeof api.PixelRuleTest>;
  saveRule(input: In<typeof api.PixelRuleInput>): Out<typeof api.PixelRule>;
  enableRule(input: In<typeof api.PixelRuleEnableInput>): Out<typeof api.PixelRule>;
  removeRule(input: In<typeof api.PixelRuleRef>): Promise<{ removed: boolean }>;
  draftRule(input: In<typeof api.PixelRuleRef>): Out<typeof api.PixelRuleDraft>;
  funnel(input: In<typeof api.PixelFunnelInput>): Out<typeof api.PixelFunnel>;
  orderGaps(input: In<typeof api.PixelFunnelInput>): Out<typeof api.PixelOrderGaps>;
  session(input: In<typeof api.PixelSessionInput>): Out<typeof api.PixelSessionOutput>;
  sessions(input: In<typeof api.PixelSessionsInput>): Out<typeof api.PixelSessionPage>;
}
