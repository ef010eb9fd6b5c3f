import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MillraceError } from '#shared/errors.ts'
import { openWorkplace, type Workplace } from '../../pipeline/workplace.ts'

const registry = new URL('../../../../src/main/stages/index.ts', import.meta.url)
let place: Workplace

beforeAll(async () => {
  place = await openWorkplace()
  await writeFile(join(place.folder, 'people.csv'), 'id,name\n1,Ann\n2,Bob\n3,Cid\n4,Dan\n')
  await writeFile(join(place.folder, 'visits.csv'), 'person,minutes\n1,10\n1,20\n3,5\n4,7\n')
})
afterAll(() => place.dispose())

const run = async (steps: string) => place.runText(`name: query\nsteps:\n${steps}`, { registry })
const findings = async (steps: string): Promise<string> =>
  run(steps).then(
    () => 'nothing was wrong',
    (error: unknown) => (error instanceof MillraceError ? error.data.message : String(error)),
  )

const reading = `  - { id: people, uses: ingest/file, with: { path: people.csv } }
  - { id: visits, uses: ingest/file, with: { path: visits.csv }, needs: [] }
`

describe('prepare/sql in a pipeline', () => {
  it('takes the steps in needs as tables by their ids, and is reused while they stay the same', async () => {
    const text = `${reading}  - { id: joined, uses: prepare/sql, needs: [people, visits], with: { query: "SELECT name, sum(minutes) AS m FROM people JOIN visits ON id = person GROUP BY name" } }
  - { id: split, uses: prepare/split, with: { test: 0.4 } }
`
    const first = await run(text)
    expect([first.status, first.error]).toEqual(['succeeded', undefined])
    const second = await run(text)
    expect(second.steps.map(({ cache }) => cache.hit)).toEqual([true, true, true, true])
    const changed = await run(text.replace('sum(minutes)', 'max(minutes)'))
    expect(changed.steps.map(({ cache }) => cache.hit)).toEqual([true, true, false, false])
    expect(changed.steps[2]?.cache.reason).toContain('parameter query changed')
  })

  it('takes a single dataset as data, one output of several by its name, and steps by the names of inputs', async () => {
    const text = `${reading}  - { id: few, uses: prepare/sql, needs: [people], with: { query: "FROM data WHERE id < 4" } }
  - { id: parts, uses: prepare/split, needs: [people], with: { test: 0.5 } }
  - { id: both, uses: prepare/sql, needs: [parts], with: { query: "SELECT * FROM parts_train UNION ALL FROM parts_test" } }
  - { id: named, uses: prepare/sql, needs: [parts, visits], with: { inputs: { t: parts.train, p: people, v: visits }, query: "SELECT p.id, minutes FROM t JOIN p USING (id) LEFT JOIN v ON p.id = v.person" } }
`
    expect((await run(text)).error).toBeUndefined()
  })

  it('says before the run which inputs are not there', async () => {
    const one = (more: string): string => `${reading}  - { id: q, uses: prepare/sql, ${more} }\n`
    expect(await findings(one('needs: [people], with: { query: "FROM v", inputs: { v: visits } }'))).toContain('takes "visits", a step that it does not need; add "visits" to "needs"')
    expect(await findings(one('needs: [people], with: { query: "FROM v", inputs: { v: peple } }'))).toContain('no step has this id, did you mean "people"?')
    expect(await findings(one('needs: [people], with: { query: "FROM v", inputs: { v: people.rows } }'))).toContain('datasets of that step are "people.data"')
    expect(await findings(one('needs: [], with: { query: "SELECT 1" }'))).toContain('has no dataset to query (it needs no step)')
    expect(await findings(one('needs: [people]'))).toContain('parameter "query" of prepare/sql is missing')
  })
})

describe('a folder as the source of a step', () => {
  it('runs again when a file in it changes, comes or goes', async () => {
    const parts = join(place.folder, 'parts')
    const text = '  - { id: all, uses: ingest/file, with: { path: parts } }\n'
    expect((await run(text)).error?.headline).toBe('A file that a step reads does not exist')
    await mkdir(parts)
    await writeFile(join(parts, 'a.csv'), 'n\n1\n2\n')
    expect((await run(text)).steps[0]?.cache.hit).toBe(false)
    expect((await run(text)).steps[0]?.cache.hit).toBe(true)
    await writeFile(join(parts, 'b.csv'), 'n\n3\n')
    const more = await run(text)
    expect(more.steps[0]?.cache).toMatchObject({ hit: false, reason: expect.stringContaining('it reads another file, parts/b.csv') as string })
    await rm(join(parts, 'b.csv'))
    expect((await run(text)).steps[0]?.cache.hit).toBe(true)
  })
})
