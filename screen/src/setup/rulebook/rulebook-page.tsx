import { commandAnswer } from '@fenghuo/contracts/commands.ts';
import {
  type RulebookFault,
  type RulebookInForce,
  rulebookCheck,
  rulebookInForce,
} from '@fenghuo/contracts/rulebook.ts';
import { useState } from 'react';
import { newCommandId } from '../../desk/act.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useMay } from '../../state/session.ts';
import { useCountyTime } from '../../ui/county-time.ts';
import { change } from '../change.ts';
import { Shown, useFetched } from '../fetched.tsx';
import { type Said, Told } from '../refused.tsx';
import { BacktestPane } from './backtest-pane.tsx';
import { DiffView } from './diff-view.tsx';
import { RulebookText } from './rulebook-text.tsx';

/** The rulebook: what is in force, and another one checked, compared, tried on history, and put in force. */
export function RulebookPage() {
  const inForce = useFetched('/rulebook', rulebookInForce);
  return (
    <Shown of={inForce}>{(book) => <Editor key={book.version} book={book} replaced={inForce.again} />}</Shown>
  );
}

/** A book that was checked, and what is wrong with it. */
interface Checked {
  text: string;
  errors: readonly RulebookFault[];
}

function Editor({ book, replaced }: { book: RulebookInForce; replaced: () => void }) {
  const { t } = useLanguage();
  const may = useMay();
  const [text, setText] = useState(book.text);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [said, setSaid] = useState<Said>(null);
  const mayPut = may('put-rulebook');
  const differs = text !== book.text;
  const isGood = checked?.text === text && checked.errors.length === 0;

  async function check() {
    const answer = await change({
      method: 'POST',
      path: '/rulebook/check',
      body: { text },
      answer: rulebookCheck,
    });
    if (!answer.ok) return setSaid(answer.refusal);
    setSaid(null);
    setChecked({ text, errors: answer.body.errors });
  }

  return (
    <>
      <InForce book={book} />
      <RulebookText text={text} errors={checked?.errors ?? []} write={mayPut ? setText : null} />
      {mayPut && (
        <div className="act-form">
          <button type="button" className="button" disabled={!differs} onClick={() => void check()}>
            {t('setup.rulebook.check')}
          </button>
          <button
            type="button"
            className="button button-plain"
            disabled={!differs}
            onClick={() => setText(book.text)}
          >
            {t('setup.rulebook.revert')}
          </button>
        </div>
      )}
      <Told said={said} />
      {checked?.text === text && <Faults errors={checked.errors} />}
      {differs && isGood && (
        <>
          <DiffView before={book.text} after={text} />
          <BacktestPane key={text} text={text} />
          <PutForm text={text} basedOn={book.version} replaced={replaced} />
        </>
      )}
    </>
  );
}

function InForce({ book }: { book: RulebookInForce }) {
  const { t } = useLanguage();
  const time = useCountyTime();
  const { version, at, reason, file } = book;
  const author =
    book.author === 'house' || book.author === 'file' ? t(`setup.rulebook.by.${book.author}`) : book.author;
  return (
    <div className="setup-intro">
      <p data-version={version}>
        {t('setup.rulebook.inForce', { version, author, time: `${time.date(at)} ${time.hourMinute(at)}` })}
        {reason === '' ? '' : ` · ${reason}`}
      </p>
      {file !== null && file.errors.length > 0 && (
        <p role="alert">{t('setup.rulebook.fileFaulty', { path: file.path, count: file.errors.length })}</p>
      )}
    </div>
  );
}

function Faults({ errors }: { errors: readonly RulebookFault[] }) {
  const { t, say } = useLanguage();
  if (errors.length === 0) return <p className="told">{t('setup.rulebook.good')}</p>;
  return (
    <section className="setup-remarks" data-kind="error">
      <h3>{t('setup.rulebook.faults', { count: errors.length })}</h3>
      <ol>
        {errors.map(({ line, column, path, message }) => (
          <li key={`${line} ${column} ${message.en}`}>
            <span className="setup-row-no">{t('setup.import.row', { row: line })}</span>
            <code>{path}</code>
            <span>{say(message)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface PutProps {
  text: string;
  basedOn: number;
  replaced: () => void;
}

function PutForm({ text, basedOn, replaced }: PutProps) {
  const { t } = useLanguage();
  const [reason, setReason] = useState('');
  const [said, setSaid] = useState<Said>(null);
  async function put() {
    const body = { id: newCommandId(), reason, text, basedOn };
    const answer = await change({ method: 'PUT', path: '/rulebook', body, answer: commandAnswer });
    if (answer.ok) replaced();
    else setSaid(answer.refusal);
  }
  return (
    <section className="desk-block">
      <h3>{t('setup.rulebook.put')}</h3>
      <div className="act-form">
        <label className="field field-wide">
          {t('desk.reason')}
          <input
            value={reason}
            maxLength={500}
            placeholder={t('setup.rulebook.reasonHint')}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <button
          type="button"
          className="button button-main"
          disabled={reason.trim() === ''}
          onClick={() => void put()}
        >
          {t('setup.rulebook.putNow')}
        </button>
      </div>
      <Told said={said} />
    </section>
  );
}
