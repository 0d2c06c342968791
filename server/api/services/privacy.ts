import type * as api from '../../../shared/api.ts';
import type { In, Out } from '../io.ts';

export interface PrivacyApi {
  list(input: In<typeof api.PrivacyListInput>): Out<typeof api.PrivacyPage>;
  get(id: string): Out<typeof api.PrivacyDetail>;
  summary(): Out<typeof api.PrivacySummary>;
  settings(): Out<typeof api.PrivacySettings>;
  saveSettings(input: In<typeof api.PrivacySettings>): Out<typeof api.PrivacySettings>;
  enter(input: In<typeof api.PrivacyEnterInput>): Out<typeof api.PrivacyDetail>;
  setNote(id: string, note: string): Out<typeof api.PrivacyDetail>;
  run(id: string, step: 'collect' | 'erase' | 'verify'): Out<typeof api.PrivacyDetail>;
  deliver(id: string, how: string): Out<typeof api.PrivacyDetail>;
  complete(id: string): Out<typeof api.PrivacyDetail>;
  hold(id: string, reason: string): Out<typeof api.PrivacyDetail>;
  release(id: string): Out<typeof api.PrivacyDetail>;
  refuse(id: string, reason: string): Out<typeof api.PrivacyDetail>;
  reopen(id: string): Out<typeof api.PrivacyDetail>;
  accept(id: string, reason: string): Out<typeof api.PrivacyDetail>;
  dryRun(id: string): Out<typeof api.PrivacyDryRun>;
  revealPerson(id: string): Out<typeof api.PrivacyPerson>;
  reveal(input: api.PrivacyRevealInput): Out<typeof api.PrivacyRevealOutput>;
  readonly suppressions: {
    list(input: In<typeof api.SuppressionListInput>): Out<typeof api.SuppressionPage>;
    check(input: api.SuppressionCheckInput): Out<typeof api.SuppressionCheck>;
  };
  readonly evidence: {
    list(input: In<typeof api.EvidenceListInput>): Out<typeof api.EvidencePage>;
    check(): Out<typeof api.EvidenceCheck>;
  };
}
