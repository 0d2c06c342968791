import { z } from 'zod';
import * as api from '../../../shared/api/privacy.ts';
import { procedure, router } from '../trpc.ts';

const tags = ['privacy'];

export const privacyRouter = router({
  list: procedure
    .meta({ openapi: { method: 'GET', path: '/privacy/requests', tags, summary: 'Privacy requests, by deadline' } })
    .input(api.PrivacyListInput)
    .output(api.PrivacyPage)
    .query(({ ctx, input }) => ctx.services.privacy.list(input)),
  get: procedure
    .meta({ openapi: { method: 'GET', path: '/privacy/requests/{id}', tags, summary: 'One privacy request' } })
    .input(api.PrivacyId)
    .output(api.PrivacyDetail)
    .query(({ ctx, input }) => ctx.services.privacy.get(input.id)),
  summary: procedure
    .input(z.void())
    .output(api.PrivacySummary)
    .query(({ ctx }) => ctx.services.privacy.summary()),
  settings: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/privacy/settings',
        tags,
        summary: 'Grace periods, days a package is kept, masking, who answers for requests',
      },
    })
    .input(z.void())
    .output(api.PrivacySettings)
    .query(({ ctx }) => ctx.services.privacy.settings()),
  saveSettings: procedure
    .meta({
      openapi: {
        method: 'PUT',
        path: '/privacy/settings',
        tags,
        summary: 'Change how privacy requests are dealt with',
      },
    })
    .input(api.PrivacySettings)
    .output(api.PrivacySettings)
    .mutation(({ ctx, input }) => ctx.services.privacy.saveSettings(input)),
  enter: procedure
    .meta({ openapi: { method: 'POST', path: '/privacy/requests', tags, summary: 'Enter a privacy request by hand' } })
    .input(api.PrivacyEnterInput)
    .output(api.PrivacyDetail)
    .mutation(({ ctx, input }) => ctx.services.privacy.enter(input)),
  setNote: procedure
    .input(api.PrivacyNoteInput)
    .output(api.PrivacyDetail)
    .mutation(({ ctx, input }) => ctx.services.privacy.setNote(input.id, input.note)),
  run: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/privacy/requests/{id}/run/{step}',
        tags,
        summary: 'Run a step of a request, also one that failed: collect, erase or verify',
      },
    })
    .input(api.PrivacyId.extend({ step: z.enum(['collect', 'erase', 'verify']) }))
    .output(api.PrivacyDetail)
    .mutation(({ ctx, input }) => ctx.services.privacy.run(input.id, input.step)),
  deliver: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/privacy/requests/{id}/deliver',
        tags,
        summary: 'Note that a package was handed over',
      },
    })
    .input(api.PrivacyDeliverInput)
    .output(api.PrivacyDetail)
    .mutation(({ ctx, input }) => ctx.services.privacy.deliver(input.id, input.how)),
  complete: procedure
    .input(api.PrivacyId)
    .output(api.PrivacyDetail)
    .mutation(({ ctx, input }) => ctx.services.privacy.complete(input.id)),
  hold: procedure
    .input(api.PrivacyReasonInput)
    .output(api.PrivacyDetail)
    .mutation(({ ctx, input }) => ctx.services.privacy.hold(input.id, input.reason)),
  release: procedure
    .input(api.PrivacyId)
    .output(api.PrivacyDetail)
    .mutation(({ ctx, input }) => ctx.services.privacy.release(input.id)),
  refuse: procedure
    .input(api.PrivacyReasonInput)
    .output(api.PrivacyDetail)
    .mutation(({ ctx, input }) => ctx.services.privacy.refuse(input.id, input.reason)),
  reopen: procedure
    .input(api.PrivacyId)
    .output(api.PrivacyDetail)
    .mutation(({ ctx, input }) => ctx.services.privacy.reopen(input.id)),
  accept: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/privacy/requests/{id}/accept',
        tags,
        summary: 'Close an erasure although the search still finds something, with the reason',
      },
    })
    .input(api.PrivacyReasonInput)
    .output(api.PrivacyDetail)
    .mutation(({ ctx, input }) => ctx.services.privacy.accept(input.id, input.reason)),
  /** A mutation, since that somebody looked is written down. */
  dryRun: procedure
    .input(api.PrivacyId)
    .output(api.PrivacyDryRun)
    .mutation(({ ctx, input }) => ctx.services.privacy.dryRun(input.id)),
  revealPerson: procedure
    .input(api.PrivacyId)
    .output(api.PrivacyPerson)
    .mutation(({ ctx, input }) => ctx.services.privacy.revealPerson(input.id)),
  /** One masked field of a record; that it was asked for is in the evidence before it is answered. */
  reveal: procedure
    .input(api.PrivacyRevealInput)
    .output(api.PrivacyRevealOutput)
    .mutation(({ ctx, input }) => ctx.services.privacy.reveal(input)),
  suppressions: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/privacy/suppressions',
        tags,
        summary: 'Identifiers of erased people, as digests, newest first',
      },
    })
    .input(api.SuppressionListInput)
    .output(api.SuppressionPage)
    .query(({ ctx, input }) => ctx.services.privacy.suppressions.list(input)),
  /** A mutation although it changes nothing: a query's input stands in the address, where an identifier must not be. */
  checkSuppressed: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/privacy/suppressions/check',
        tags,
        summary:
          'Whether an e-mail address, a phone number or a customer id is suppressed; nothing of the question is stored',
      },
    })
    .input(api.SuppressionCheckInput)
    .output(api.SuppressionCheck)
    .mutation(({ ctx, input }) => ctx.services.privacy.suppressions.check(input)),
  evidence: procedure
    .meta({ openapi: { method: 'GET', path: '/privacy/evidence', tags, summary: 'The evidence log, newest first' } })
    .input(api.EvidenceListInput)
    .output(api.EvidencePage)
    .query(({ ctx, input }) => ctx.services.privacy.evidence.list(input)),
  checkEvidence: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/privacy/evidence/check',
        tags,
        summary: 'Whether the evidence log is whole and unchanged',
      },
    })
    .input(z.void())
    .output(api.EvidenceCheck)
    .query(({ ctx }) => ctx.services.privacy.evidence.check()),
});
