import type { ChainLink, RosterPage } from '@fenghuo/contracts/chain.ts';
import { useState } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { useMay } from '../../state/session.ts';
import { type Fetched, Shown } from '../fetched.tsx';
import { ImportPane } from '../import/import-pane.tsx';
import { Opener } from './opener.tsx';
import { PersonForm } from './person-form.tsx';
import { PersonLine } from './person-line.tsx';
import { UnitForm } from './unit-form.tsx';

interface UnitStaffProps {
  people: Fetched<RosterPage>;
  unit: string | null;
  /** The unit as the list has it; undefined while it is not in the list. */
  link: ChainLink | undefined;
  changed: () => void;
}

/** Who belongs to the chosen unit and is on duty, and what is known of the unit, to be put right. */
export function UnitStaff({ people, unit, link, changed }: UnitStaffProps) {
  const { t } = useLanguage();
  return (
    <section>
      <StaffForms unit={unit} link={link} changed={changed} />
      {unit === null ? (
        <p className="quiet-words">{t('setup.people.choose')}</p>
      ) : (
        <Shown of={people}>
          {({ people: staff }) => (
            <>
              {staff.length === 0 && <p className="quiet-words">{t('setup.people.none')}</p>}
              <ul className="setup-list">
                {staff.map((person) => (
                  <PersonLine key={person.id} person={person} changed={changed} />
                ))}
              </ul>
            </>
          )}
        </Shown>
      )}
    </section>
  );
}

type Form = 'unit' | 'person' | 'file';

function StaffForms({ unit, link, changed }: Omit<UnitStaffProps, 'people'>) {
  const { t, say } = useLanguage();
  const may = useMay();
  const [opened, setOpened] = useState<Form | null>(null);
  const toggle = (what: Form) => () => setOpened(opened === what ? null : what);
  const saved = () => {
    setOpened(null);
    changed();
  };
  if (!may('register-people')) return null;
  return (
    <>
      <div className="act-form">
        {link !== undefined && (
          <>
            <Opener open={opened === 'unit'} toggle={toggle('unit')}>
              {t('setup.people.changeUnit', { name: say(link.name) })}
            </Opener>
            <Opener open={opened === 'person'} toggle={toggle('person')}>
              {t('setup.people.addPerson')}
            </Opener>
          </>
        )}
        <Opener open={opened === 'file'} toggle={toggle('file')}>
          {t('setup.people.importPeople')}
        </Opener>
      </div>
      {opened === 'file' && <ImportPane kind="people" imported={changed} />}
      {opened === 'unit' && link !== undefined && <UnitForm unit={link} level={link.level} saved={saved} />}
      {opened === 'person' && unit !== null && <PersonForm person={null} unit={unit} saved={saved} />}
    </>
  );
}
