import { expect, test } from 'vitest'
import { migratedTo, planOf, tablesOf } from './migrated.ts'

test('runs own their steps, outputs and log; outputs refer to artifacts that are there', () => {
  const database = migratedTo(20)
  expect(tablesOf(database)).toEqual(['artifacts', 'run_lock', 'run_log', 'runs', 'step_outputs', 'step_runs'])
  database.exec(`
    INSERT INTO artifacts VALUES ('model', 'h', 1, '[]', '{}', 0);
    INSERT INTO runs (pipeline, pipeline_file, seed, status, started_at) VALUES ('p', 'f', 1, 'running', 0);
    INSERT INTO step_runs (run, step, position, uses, status) VALUES (1, 's', 0, 'a/b', 'pending');
    INSERT INTO step_outputs VALUES (1, 's', 'model', 'model', 'h');
    INSERT INTO run_log (run, step, at, level, message) VALUES (1, 's', 0, 'info', 'm');
  `)
  expect(() => database.exec(`INSERT INTO step_outputs VALUES (1, 's', 'other', 'model', 'none')`)).toThrow('FOREIGN KEY')
  expect(() => database.exec(`DELETE FROM artifacts`)).toThrow('FOREIGN KEY')
  expect(() => database.exec(`UPDATE runs SET status = 'odd'`)).toThrow('CHECK')
  database.exec('DELETE FROM runs')
  for (const table of ['step_runs', 'step_outputs', 'run_log']) {
    expect(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()).toEqual({ n: 0 })
  }
})

test('numbers of deleted runs are not given again', () => {
  const database = migratedTo(20)
  const insert = database.prepare(`INSERT INTO runs (pipeline, pipeline_file, seed, status, started_at) VALUES ('p', 'f', 1, 'running', 0)`)
  insert.run()
  database.exec('DELETE FROM runs')
  expect(insert.run().lastInsertRowid).toBe(2)
})

test('one lock at most', () => {
  const database = migratedTo(20)
  const insert = (id: number) => database.exec(`INSERT INTO run_lock VALUES (${id}, 't', NULL, 1, 'h', '', 0)`)
  insert(1)
  expect(() => insert(1)).toThrow('UNIQUE')
  expect(() => insert(2)).toThrow('CHECK')
})

test('hot queries use an index', () => {
  const database = migratedTo(20)
  expect(planOf(database, `SELECT * FROM step_runs WHERE cache_key = 'k' AND run <> 1 AND status = 'succeeded' ORDER BY run LIMIT 1`)).toContain(
    'USING INDEX step_runs_by_key',
  )
  expect(planOf(database, `SELECT * FROM runs WHERE pipeline = 'p' ORDER BY number DESC LIMIT 5`)).toContain('USING INDEX runs_by_pipeline')
  expect(planOf(database, 'SELECT * FROM run_log WHERE run = 1 ORDER BY id')).toContain('USING INDEX run_log_by_run')
  expect(planOf(database, `SELECT 1 FROM step_outputs WHERE kind = 'a' AND hash = 'b'`)).toContain('step_outputs_by_artifact')
  expect(planOf(database, `SELECT * FROM runs WHERE status = 'running'`)).toContain('runs_unfinished')
})
