const MAX_DEPTH = 6;
const MAX_FIELDS = 60;
/** A field with so few different texts, each seen several times, is offered as a list of choices. */
const MAX_CHOICES = 6;

type Json = Record<string, unknown>;

const typeOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
};

const typesOf = (values: readonly unknown[]): string[] => {
  const types = new Set(values.map(typeOf));
  if (types.has('number')) types.delete('integer');
  return [...types].sort();
};

const objectParts = (objects: readonly Json[], depth: number): Json => {
  const names = [...new Set(objects.flatMap((each) => Object.keys(each)))].slice(0, MAX_FIELDS);
  const required = names.filter((name) => objects.every((each) => Object.hasOwn(each, name)));
  return {
    properties: Object.fromEntries(
      names.map((name) => [
        name,
        inferSchema(
          objects.filter((each) => Object.hasOwn(each, name)).map((each) => each[name]),
          depth + 1,
        ),
      ]),
    ),
    ...(required.length === 0 ? {} : { required }),
  };
};

/** A JSON schema that all the values fit: types, fields, which of them are always there, and texts of which there are few. */
export const inferSchema = (values: readonly unknown[], depth = 0): Json => {
  if (values.length === 0) return depth === 0 ? { type: 'object', properties: {} } : {};
  const types = typesOf(values);
  const schema: Json = { type: types.length === 1 ? types[0] : types };
  if (depth >= MAX_DEPTH) return schema;
  const objects = values.filter((value): value is Json => typeOf(value) === 'object');
  if (objects.length > 0) Object.assign(schema, objectParts(objects, depth));
  const lists = values.filter((value) => Array.isArray(value));
  const elements = lists.flat().slice(0, 500);
  if (elements.length > 0) schema.items = inferSchema(elements, depth + 1);
  const texts = [...new Set(values)].filter((value) => typeof value === 'string');
  if (types.length === 1 && types[0] === 'string' && texts.length <= MAX_CHOICES && values.length >= texts.length * 5)
    return { enum: texts.sort() };
  return schema;
};
