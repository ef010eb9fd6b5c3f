import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

/** A graphics card that the system knows of. */
export type GraphicsCard = {
  readonly name: string
  /** Driver and version as the system names it; empty: there is none. */
  readonly driver: string
  /** Null where nobody tells. */
  readonly memoryBytes: number | null
}

const PCI = '/sys/bus/pci/devices'
const VENDORS: Readonly<Record<string, string>> = { '0x10de': 'NVIDIA', '0x1002': 'AMD', '0x8086': 'Intel' }
const PATIENCE_MS = 5000
const MIB = 2 ** 20

function read(...path: readonly string[]): string {
  try {
    return readFileSync(join(...path), 'utf8').trim()
  } catch {
    return ''
  }
}

/** Cards that NVIDIA's own tool lists, by lines such as `NVIDIA H100, 81559, 550.54`. */
export function nvidiaCards(lines: string): readonly GraphicsCard[] {
  return lines.split('\n').flatMap((line) => {
    const [name = '', mebibytes = '', driver = ''] = line.split(',').map((cell) => cell.trim())
    return name === '' ? [] : [{ name, driver: `driver ${driver}`, memoryBytes: Number.isFinite(Number(mebibytes)) && mebibytes !== '' ? Number(mebibytes) * MIB : null }]
  })
}

/** Cards on Linux's list of devices, NVIDIA's without a driver among them. */
function listedCards(folder: string): readonly (GraphicsCard & { readonly vendor: string })[] {
  let names: readonly string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  return names.filter((name) => read(folder, name, 'class').startsWith('0x03')).flatMap((name) => {
    const { [read(folder, name, 'vendor')]: vendor } = VENDORS
    if (vendor === undefined) return []
    let driver = ''
    try {
      driver = basename(readlinkSync(join(folder, name, 'driver')))
    } catch {
      // No driver has taken it.
    }
    const memory = Number(read(folder, name, 'mem_info_vram_total'))
    return [{ vendor, name: `${vendor} graphics card ${read(folder, name, 'device')}`, driver, memoryBytes: memory > 0 ? memory : null }]
  })
}

/** The graphics cards of this machine: name, memory and driver as far as the system tells without calling a driver. */
export async function graphicsCards(pciFolder: string = PCI): Promise<readonly GraphicsCard[]> {
  const listed = listedCards(pciFolder)
  let nvidia: readonly GraphicsCard[] = []
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader,nounits'], { timeout: PATIENCE_MS })
    nvidia = nvidiaCards(stdout)
  } catch {
    // NVIDIA's tool is not there, or does not answer: what the list of devices says is all that is known.
  }
  return [...nvidia, ...listed.filter(({ vendor }) => vendor !== 'NVIDIA' || nvidia.length === 0).map(({ name, driver, memoryBytes }) => ({ name, driver, memoryBytes }))]
}
