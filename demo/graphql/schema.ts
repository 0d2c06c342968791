import { buildSchema, type GraphQLSchema } from 'graphql';
import { adminSdl } from '../generated/admin-sdl.ts';

let built: GraphQLSchema | null = null;

/** The Admin API schema the stand-in answers with; built once, when first asked for. */
export const adminSchema = (): GraphQLSchema => {
  built ??= buildSchema(adminSdl);
  return built;
};
