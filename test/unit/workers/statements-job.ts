import { z } from 'zod'
import { openDataEngine } from '../../../src/main/data/open-engine.ts'
import type { JobContext } from '../../../src/main/workers/job.ts'

/** Runs one statement of DuckDB after the other, two at a time, and never looks whether it is to stop. */
// oxlint-disable-next-line import/no-default-export -- a pool runs the default export of a job module
export default async function job({ folder }: { readonly folder: string }, context: JobContext): Promise<void> {
  const engine = await openDataEngine({ memoryBytes: 256 << 20, threads: 2, temporaryFolder: folder })
  await engine.run('CREATE TABLE numbers AS SELECT range AS a, hash(range) AS b FROM range(200000)')
  context.progress(0.1, 'at work')
  for (;;) {
    await Promise.all([
      engine.rows('SELECT count(*) AS n FROM (SELECT a FROM numbers ORDER BY b LIMIT 150000)', z.object({ n: z.number() })),
      engine.chunks('SELECT a, b FROM numbers ORDER BY b', () => undefined),
    ])
  }
}
