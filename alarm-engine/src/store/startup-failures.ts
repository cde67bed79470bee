import { StartupError } from '../startup-error.ts';

const missingLibrary = /error while loading shared libraries: ([^:\n]+)|Library not loaded: (\S+)/;

/** Puts what a program of Postgres said before it failed into one sentence. */
export function programFailure({ doing, output }: { doing: string; output: string }): StartupError {
  if (/No space left on device|could not extend file|Disk quota exceeded/i.test(output))
    return new StartupError('disk-full', `The disk is full: there is no room for ${doing}.`);
  const library = missingLibrary.exec(output);
  if (library !== null)
    return new StartupError(
      'no-binaries',
      `The packaged Postgres does not run on this system: the library ${library[1] ?? library[2]} is missing.`,
    );
  if (/\b(ENOENT|EACCES|ENOEXEC|EBADARCH)\b|cannot execute/.test(output))
    return new StartupError(
      'no-binaries',
      `The packaged Postgres does not run on this system (${lastWord(output)}).`,
    );
  if (/\bEPERM\b/.test(output))
    return new StartupError(
      'service-user',
      'Postgres does not run as root, and this root may not change to another user: start Fenghuo as an ordinary user.',
    );
  return new StartupError('database-start', `Postgres failed at ${doing}: ${lastWord(output)}`);
}

/**
 * The line that says most: the last one of the gravest kind, without its time stamp. Hints and steps that
 * went well are skipped.
 */
function lastWord(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const grave =
    lines.findLast((line) => /\b(PANIC|FATAL):/.test(line)) ??
    lines.findLast((line) => /\b(ERROR|error):/.test(line)) ??
    lines.at(-1);
  return (grave ?? 'it said nothing').replace(/^.*?\b(PANIC|FATAL|ERROR|error):\s*/, '').trim();
}

const fileReasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a file of that name is in the way',
  EISDIR: 'a folder is where a file should be',
  ELOOP: 'the path goes round in circles',
  ENAMETOOLONG: 'the path is too long',
};

/** What a failed file operation means for the start; null when it is no such failure but a bug. */
export function fileFailure(error: unknown, folder: string): StartupError | null {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new StartupError('disk-full', `The disk is full: nothing can be written to ${path ?? folder}.`);
  const because = code === undefined ? undefined : fileReasons[code];
  if (because === undefined) return null;
  return new StartupError('folder', `The data folder cannot be used: ${path ?? folder}: ${because}.`, {
    cause: error,
  });
}
