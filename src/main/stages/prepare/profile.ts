import { join } from 'node:path'
import { z } from 'zod'
import { datasetProfileSchema } from '#shared/domain/profile.ts'
import { profileDataset } from '../../data/profile/profile-dataset.ts'
import { sliceBytes } from '../../data/slices.ts'
import { defineStep } from '../step-kind.ts'
import { profilePage } from './profile-page/profile-page.ts'

const params = z.strictObject({
  target: z.string().optional().describe("Column to predict; the pipeline's target if not said"),
  sample: z.int().positive().optional().describe('Look at about so many rows only, spread evenly over the data'),
  group: z.string().optional().describe('With test rows: a column whose values must not stand on both sides, such as a customer'),
  time: z.string().optional().describe('With test rows: a column of dates; test rows should come after the others'),
})

/** Describes a dataset: `profile.json` for programs, `profile.html` for people. */
export const profileStep = defineStep({
  id: 'prepare/profile',
  version: 2,
  label: 'Profile',
  help: 'Counts, quantiles, histograms, missing patterns, associations and findings of a dataset, as data and as a page.',
  params,
  inputs: { data: { kind: 'dataset', from: ['train', 'data'] }, test: { kind: 'dataset', from: ['test'], optional: true } },
  outputs: { profile: 'profile' },
  usesGoal: true,
  usesSeed: false,
  estimate: ({ inputs: { data: { bytes, meta: { rows, schema: { columns } } } } }) => ({
    // As many columns as are read together, and the rows that columns are compared on.
    memoryBytes: (256 << 20) + Math.max(Math.min(rows, 16_000_000) * 24, Math.min(rows * columns.length, 32_000_000) * 8) + columns.length * (1 << 16),
    // Sorting and grouping spill; the rows compared are written once more, and wide tables in slices.
    diskBytes: Math.ceil(1.5 * bytes) + sliceBytes(columns.length, rows, bytes),
  }),
  async run({ params: { target, sample, group, time }, inputs }, ctx) {
    const scratchFolder = await ctx.outputFolder('drawn')
    const { data, test } = inputs
    const asked = target ?? ctx.goal?.target
    const profile = await profileDataset(ctx.data, join(data.path, 'data.parquet'), data.meta.schema, {
      level: 'full',
      asOf: ctx.clock.now(),
      scratchFolder,
      target: asked,
      sample,
      compare: test === undefined ? undefined : { parquet: join(test.path, 'data.parquet'), schema: test.meta.schema, group, time },
      progress(fraction, message) {
        ctx.throwIfAborted()
        ctx.progress(fraction, message)
      },
    })
    const path = await ctx.outputFolder('profile')
    await ctx.writeFile(path, 'profile.json', `${JSON.stringify(datasetProfileSchema.parse(profile))}\n`)
    await ctx.writeFile(path, 'profile.html', profilePage(profile))
    for (const { severity, message } of profile.findings) if (severity === 'danger') ctx.log.warn(message)
    ctx.log.info(`${profile.rows.toLocaleString('en')} rows and ${profile.columns.length} columns; ${profile.findings.length} findings.`)
    return { profile: { kind: 'profile', path, meta: { rows: profile.rows, columns: profile.columns.length, findings: profile.findings.length } } }
  },
})
