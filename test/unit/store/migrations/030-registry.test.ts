import { expect, test } from 'vitest'
import { migratedTo, tablesOf } from './migrated.ts'

test('names refer to artifacts of their kind and outlive the run that made them', () => {
  const database = migratedTo(30)
  expect(tablesOf(database)).toEqual(expect.arrayContaining(['dataset_versions', 'deployments', 'model_versions']))
  database.exec(`
    INSERT INTO artifacts VALUES ('model', 'm', 1, '[]', '{}', 0), ('dataset', 'd', 1, '[]', '{}', 0);
    INSERT INTO runs (pipeline, pipeline_file, seed, status, started_at) VALUES ('p', 'f', 1, 'succeeded', 0);
    INSERT INTO model_versions (name, version, hash, run, created_at) VALUES ('n', 1, 'm', 1, 0);
    INSERT INTO dataset_versions (name, version, hash, source, run, created_at) VALUES ('n', 1, 'd', 's', 1, 0);
    INSERT INTO deployments (name, hash, run, created_at, updated_at) VALUES ('live', 'm', 1, 0, 0);
  `)
  expect(() => database.exec(`INSERT INTO model_versions (name, version, hash, created_at) VALUES ('n', 2, 'd', 0)`)).toThrow('FOREIGN KEY')
  expect(() => database.exec(`INSERT INTO model_versions (name, version, hash, created_at) VALUES ('n', 2, 'm', 0)`)).toThrow('UNIQUE')
  expect(() => database.exec(`DELETE FROM artifacts WHERE kind = 'model'`)).toThrow('FOREIGN KEY')
  database.exec('DELETE FROM runs')
  expect(database.prepare('SELECT run FROM deployments').get()).toEqual({ run: null })
})
