import { type OidcFailure, oidcFailures, oidcOffer } from '@fenghuo/contracts/oidc.ts';
import { useEffect, useState } from 'react';
import { request } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';
import { useQueryValue, wantedRoute } from '../route.ts';
import { returnedFromProvider } from '../state/session.ts';

/** The door to an identity provider, where there is one; and what came of it when somebody is back. */
export function ProviderDoor() {
  const { t } = useLanguage();
  const by = useQueryValue('by');
  const failed = useQueryValue('failed');
  const [offered, setOffered] = useState(false);
  useEffect(() => {
    if (by === 'oidc') void returnedFromProvider();
    void request({ method: 'GET', path: '/oidc', answer: oidcOffer }).then((answer) => {
      setOffered(answer.ok && answer.body.offered);
    });
  }, [by]);
  if (!offered) return null;
  return (
    <>
      {isFailure(failed) && (
        <p className="sign-in-failure" role="alert">
          {t(`oidc.${failed}`)}
        </p>
      )}
      <a className="button" href={`/api/v1/oidc/start?to=${wantedRoute()}`}>
        {t('oidc.go')}
      </a>
    </>
  );
}

function isFailure(text: string | null): text is OidcFailure {
  return oidcFailures.some((one) => one === text);
}
