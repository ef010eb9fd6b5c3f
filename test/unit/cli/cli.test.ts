import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../../src/main/hosts/cli/cli.ts'
import { asTyped } from '../../../src/main/hosts/cli/invocation.ts'
import { fakeTerminal } from './fake-terminal.ts'

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, interrupt, out, err } = fakeTerminal()
  const code = await runCli(args, terminal, interrupt)
  return { code, out: out(), err: err() }
}

describe('the frame of the command line', () => {
  it('prints its version', async () => {
    const { code, out } = await run('--version')
    expect(code).toBe(0)
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('shows help when asked and when nothing is asked', async () => {
    const asked = await run('--help')
    expect(asked.code).toBe(0)
    expect(asked.out).toContain('Usage: millrace')
    expect(await run()).toEqual(asked)
  })

  it('suggests the command that was meant, exit code 2', async () => {
    const { code, out, err } = await run('stpes')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe('Error: Unknown command \'stpes\'\n  Next: Did you mean steps? See "npx millrace help".\n')
  })

  it('names the command that there is no help of', async () => {
    const { code, err } = await run('help', 'stpes')
    expect({ code, err }).toEqual({ code: 2, err: 'Error: Unknown command \'stpes\'\n  Next: See "npx millrace help".\n' })
  })

  it('shows commands as they are typed where it was called, about the project that was named', async () => {
    const { err } = await run('runs', '--project', 'no where')
    expect(err).toContain('Make it one with: npx millrace init ')
    expect(asTyped('See: millrace runs', process.cwd(), 'a b')).toBe("See: npx millrace --project 'a b' runs")
    expect(asTyped('See: millrace runs', tmpdir())).toMatch(/^See: node \S+millrace\.js runs$/)
  })

  it('suggests the option that was meant', async () => {
    const { code, err } = await run('steps', '--jsno')
    expect(code).toBe(2)
    expect(err).toContain('Did you mean --json?')
  })

  it('reports usage errors as JSON under --json', async () => {
    const { code, out, err } = await run('stpes', '--json')
    expect({ code, err }).toEqual({ code: 2, err: '' })
    expect(JSON.parse(out)).toEqual({
      json: 1,
      error: {
        code: 'usage',
        headline: "Unknown command 'stpes'",
        message: "Unknown command 'stpes'",
        nextStep: 'Did you mean steps? See "npx millrace help".',
        details: {},
      },
    })
  })
})
