import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findOnPath } from '../demo/go-program.ts';

const VERSION = '4.32.5';
/** The name that only schemathesis has; `st` is a terminal, too. */
const NAME = 'schemathesis';

/** An install of 90 MB that takes longer is not waited for, ms. */
const INSTALL_WITHIN = 8 * 60_000;

const folder = fileURLToPath(new URL('../.cache/schemathesis', import.meta.url));
const own = `${folder}/bin/${NAME}`;
const run = promisify(execFile);

/** The path of a schemathesis: `SCHEMATHESIS`, else one that an earlier run installed, or on PATH. */
export async function findSchemathesis(): Promise<string | undefined> {
  const named = process.env['SCHEMATHESIS'];
  if (named) return named;
  return (await canRun(own)) ? own : findOnPath(NAME);
}

/** Installs it into a folder of ours when Python and its pip are there; what fails is only said. */
export async function installSchemathesis(
  say: (line: string) => void = console.log,
): Promise<void> {
  if (await findSchemathesis()) return;
  const python = (await findOnPath('python3')) ?? (await findOnPath('python'));
  if (!python) return say('  There is no Python, so schemathesis will not run.');
  try {
    const within = { timeout: INSTALL_WITHIN };
    await run(python, ['-m', 'venv', folder], within);
    const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check'];
    await run(`${folder}/bin/python`, [...pip, `schemathesis==${VERSION}`], within);
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    say(`  Python could not install schemathesis, so it will not run: ${reason}`);
  }
}

function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
