import { automatic } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import { knownCases, rememberCases } from './known';
import { create, named } from './making';
import type { Surroundings, UpdateLogMapping } from './mapping';
import { makePromise } from './promise';
import { customFieldsOf } from './read-rows';

/** Where everything that comes in belongs. */
export interface Place {
  readonly organization_id: string | null;
  readonly department_id: string | null;
}

/**
 * Makes, through the door, what the records of a log stand among: organization, department with its readers, priority
 * matrix, promise, custom fields. What there is already stays as it is.
 */
export async function prepareSurroundings(
  outer: Context,
  mapping: UpdateLogMapping,
  refreshFields: () => Promise<unknown>,
): Promise<Place> {
  const context: Context = { ...outer, actor: automatic('import', 'Import') };
  await prepareCustomFields(context, mapping);
  await refreshFields();
  const wanted = mapping.surroundings;
  if (!wanted) return { organization_id: null, department_id: null };
  const organization_id =
    (await named(context, 'organization', wanted.organization)) ??
    (await create(context, 'organization', { name: wanted.organization }));
  const department_id = await department(context, wanted.department, organization_id);
  const place = { organization_id, department_id };
  if (wanted.model) await once(context, mapping.source, 'incident_model', () => model(context, wanted.model!, place));
  if (wanted.agreement && context.house.types.has('agreement'))
    await once(context, mapping.source, 'agreement', () => makePromise(context, wanted.agreement!, organization_id));
  return place;
}

async function department(context: Context, wanted: Surroundings['department'], organization_id: string) {
  const known = await named(context, 'department', wanted.key);
  if (known) return known;
  const readers: string[] = [];
  for (const key of wanted.read_by) if (await named(context, 'department', key)) readers.push(key);
  return create(context, 'department', { key: wanted.key, name: wanted.name, organization_id, read_by_ids: readers });
}

async function model(context: Context, wanted: NonNullable<Surroundings['model']>, place: Place): Promise<string> {
  return create(context, 'incident_model', { ...wanted, organization_id: place.organization_id });
}

/** Makes a thing of the surroundings on the first import only: what people did to it since stays. */
async function once(context: Context, source: string, type: string, make: () => Promise<string>): Promise<void> {
  const known = await knownCases(context.db, source, type, [type]);
  if (known.has(type)) return;
  await rememberCases(context.db, source, type, [{ key: type, record_id: await make(), rows: [] }]);
}

async function prepareCustomFields(context: Context, mapping: UpdateLogMapping): Promise<void> {
  const type = context.house.types.get(mapping.type)!;
  for (const { key, kind, label } of customFieldsOf(mapping))
    if (!context.house.fieldsOf(type)[key])
      await create(context, 'custom_field', { record_type: mapping.type, key, label, kind });
}
