import { expect, test } from 'vitest'
import { migrate } from '../../../../src/main/store/database.ts'
import { migrations } from '../../../../src/main/store/migrations/index.ts'
import { migratedTo } from './migrated.ts'

test('deployments of before have the model that they serve as their history', () => {
  const database = migratedTo(40)
  database.exec(`
    INSERT INTO artifacts VALUES ('model', 'h', 1, '[]', '{}', 1);
    INSERT INTO runs (pipeline, pipeline_file, seed, status, started_at) VALUES ('p', '/p', 1, 'succeeded', 1);
    INSERT INTO model_versions (name, version, hash, run, created_at) VALUES ('churn', 3, 'h', 1, 1);
    INSERT INTO deployments (name, hash, run, created_at, updated_at) VALUES ('live', 'h', 1, 5, 7);
  `)
  migrate(database, migrations.filter(({ version }) => version <= 50))
  expect(database.prepare('SELECT name, hash, model, how, run, at FROM deployment_history').all()).toEqual([{ name: 'live', hash: 'h', model: 'churn@3', how: 'run', run: 1, at: 7 }])
})

test('a deleted run leaves the history, without its number; nothing but the known ways may be written', () => {
  const database = migratedTo(50)
  database.exec(`
    INSERT INTO runs (pipeline, pipeline_file, seed, status, started_at) VALUES ('p', '/p', 1, 'succeeded', 1);
    INSERT INTO deployment_history (name, hash, model, how, run, at) VALUES ('live', 'h', 'churn@1', 'run', 1, 1);
    DELETE FROM runs;
  `)
  expect(database.prepare('SELECT run FROM deployment_history').all()).toEqual([{ run: null }])
  expect(() => database.exec(`INSERT INTO deployment_history (name, how, at) VALUES ('live', 'by hand', 1)`)).toThrow('CHECK')
})
