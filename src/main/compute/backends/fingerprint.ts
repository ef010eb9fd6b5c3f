import { readdirSync, readFileSync, statSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { join } from 'node:path'
import { hashValue } from '../../base/hash.ts'
import { readVersion } from '../../base/version.ts'
import type { BackendId } from '../backend.ts'
import { readTensorflowSetup, tensorflowLayout } from './tensorflow-setup.ts'
import { hasVulkanLoader } from './vulkan-loader.ts'

/** Raised when the self-test tests something else. */
const SELF_TEST = 2

/** Where Vulkan's drivers register themselves on Linux. */
const DRIVER_LISTS = ['/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/etc/vulkan/icd.d']
const DRIVER_VARIABLES = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES', 'VK_ADD_DRIVER_FILES', 'LD_LIBRARY_PATH', 'CUDA_VISIBLE_DEVICES']
const PCI = '/sys/bus/pci/devices'

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}

/** Size and time of change of a file; empty where there is none. */
function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined ? '' : `${String(found.size)} ${String(found.mtimeMs)}`
}

/** What tells of cards and their drivers without calling one: Linux says much of them in files, other systems only their own version. */
function driverFacts(): readonly string[] {
  const lists = DRIVER_LISTS.flatMap((folder) => namesIn(folder).map((name) => `${name} ${stampOf(join(folder, name))}`))
  const cards = namesIn(PCI).filter((name) => textOf(join(PCI, name, 'class')).startsWith('0x03')).map((name) => `${textOf(join(PCI, name, 'vendor'))} ${textOf(join(PCI, name, 'device'))}`)
  return [release(), String(hasVulkanLoader()), textOf('/proc/driver/nvidia/version'), ...DRIVER_VARIABLES.map((name) => process.env[name] ?? ''), ...lists, ...cards]
}

/** What the result of a backend's self-test depends on, as a hash: where that is as before, the result is too. Touches no driver; a few milliseconds. */
export function backendFingerprint(id: BackendId): string {
  const common = [String(SELF_TEST), readVersion(), process.version, process.platform, process.arch]
  if (id === 'webgpu') return hashValue([...common, ...driverFacts()])
  if (id === 'tensorflow') {
    const setup = readTensorflowSetup()
    return hashValue([...common, ...driverFacts(), ...(setup === undefined ? ['absent'] : [setup.library, setup.package, setup.libraryFolder, stampOf(tensorflowLayout(setup.folder).binding)])])
  }
  return hashValue([...common, cpus()[0]?.model ?? '', String(cpus().length)])
}
