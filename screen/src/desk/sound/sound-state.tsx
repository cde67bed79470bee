import { useLanguage } from '../../i18n/language.ts';
import { setSoundOn, useSound } from './ringer.ts';

/** Whether this desk is heard, said plainly when it is not. */
export function SoundState() {
  const { t } = useLanguage();
  const { isOn, isSilenced, isBlocked } = useSound();
  const words = !isOn ? 'off' : isBlocked ? 'blocked' : isSilenced ? 'silenced' : 'on';
  return (
    <button
      type="button"
      className="button button-plain sound-state"
      data-sound={words}
      aria-pressed={isOn}
      onClick={() => setSoundOn(!isOn)}
    >
      {words === 'on' ? t('sound.on') : <strong>{t(`sound.${words}`)}</strong>}
    </button>
  );
}
