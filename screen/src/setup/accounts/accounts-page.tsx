import { type AccountLine, accountList, issuedPassword } from '@fenghuo/contracts/accounts.ts';
import { useState } from 'react';
import { z } from 'zod';
import { useLanguage } from '../../i18n/language.ts';
import { useSession } from '../../state/session.ts';
import { ageText } from '../../ui/durations.ts';
import { serverNow } from '../../ui/now.ts';
import { useUnitWords } from '../../ui/unit-words.ts';
import { change } from '../change.ts';
import { Shown, useFetched } from '../fetched.tsx';
import { type Said, Told } from '../refused.tsx';
import { AccountForm } from './account-form.tsx';
import { NewPassword } from './new-password.tsx';

/** A password that was just made: shown once. */
export type Issued = z.infer<typeof issuedPassword>;

/** Who may sign in, as what, and where. */
export function AccountsPage() {
  const { t } = useLanguage();
  const accounts = useFetched('/accounts', accountList);
  const [isNew, setNew] = useState(false);
  const [issued, setIssued] = useState<Issued | null>(null);
  return (
    <>
      <p className="setup-intro">{t('setup.account.intro')}</p>
      <button type="button" className="button setup-add" aria-expanded={isNew} onClick={() => setNew(!isNew)}>
        {t('setup.account.add')}
      </button>
      {isNew && (
        <AccountForm
          account={null}
          saved={(password) => {
            setNew(false);
            setIssued(password);
            accounts.again();
          }}
        />
      )}
      {issued !== null && <NewPassword issued={issued} seen={() => setIssued(null)} />}
      <Shown of={accounts}>
        {({ accounts: all }) => (
          <ul className="setup-list" data-accounts={all.length}>
            {all.map((account) => (
              <AccountRow
                key={account.name}
                account={account}
                changed={(password) => {
                  if (password !== null) setIssued(password);
                  accounts.again();
                }}
              />
            ))}
          </ul>
        )}
      </Shown>
    </>
  );
}

interface RowProps {
  account: AccountLine;
  changed: (issued: Issued | null) => void;
}

function AccountRow({ account, changed }: RowProps) {
  const { t } = useLanguage();
  const { session } = useSession();
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState<Said>(null);
  const { name, disabled, vouched } = account;
  const isOwn = session.state === 'known' && session.who.account === name;

  async function turn(to: 'disable' | 'enable') {
    const outcome = await change({ method: 'POST', path: `/accounts/${name}/${to}`, answer: z.null() });
    if (outcome.ok) changed(null);
    else setSaid(outcome.refusal);
  }
  async function reset() {
    const path = `/accounts/${name}/password`;
    const outcome = await change({ method: 'POST', path, answer: issuedPassword });
    if (outcome.ok) changed(outcome.body);
    else setSaid(outcome.refusal);
  }

  return (
    <li className="setup-line" data-account={name} data-disabled={disabled}>
      <AccountWords account={account} />
      <button type="button" className="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('setup.change')}
      </button>
      {!vouched && !disabled && (
        <button type="button" className="button" onClick={() => void reset()}>
          {t('setup.account.reset')}
        </button>
      )}
      {!isOwn && (
        <button type="button" className="button" onClick={() => void turn(disabled ? 'enable' : 'disable')}>
          {t(disabled ? 'setup.account.enable' : 'setup.account.disable')}
        </button>
      )}
      {open && (
        <AccountForm
          account={account}
          saved={() => {
            setOpen(false);
            changed(null);
          }}
        />
      )}
      <Told said={said} />
    </li>
  );
}

function AccountWords({ account }: { account: AccountLine }) {
  const { t } = useLanguage();
  const units = useUnitWords();
  const { name, displayName, role, area, unit, disabled, lockedUntil, vouched, lastUsedAt } = account;
  const states = [
    disabled ? t('setup.account.isDisabled') : null,
    lockedUntil === null ? null : t('setup.account.isLocked'),
    vouched ? t('setup.account.isVouched') : null,
  ];
  return (
    <div className="setup-line-words">
      <strong>
        <bdi>{displayName}</bdi> <span className="setup-line-hint">{name}</span>
      </strong>
      <span>{[t(`role.${role}`), area, unit].filter(Boolean).join(' · ')}</span>
      <span className="setup-line-hint">
        {[
          ...states,
          lastUsedAt === null
            ? t('setup.account.notIn')
            : t('setup.account.lastUsed', { age: ageText(serverNow() - lastUsedAt, units) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </div>
  );
}
