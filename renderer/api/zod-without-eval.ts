import { z } from 'zod';

/** Zod compiles object parsers with `new Function`, which the content security policy forbids (and reports). Import before any schema. */
z.config({ jitless: true });
