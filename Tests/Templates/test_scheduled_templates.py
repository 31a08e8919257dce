"""The templates that run on a schedule: what they give to `keyless`, whatever the values are made of."""

import pytest

from support import REQUIRED, arguments, bash_step, run, template

# Nothing of it is a word to the shell, and none of it is lost.
NASTY = "a b  \"c\" 'd' $HOME $(id) `id` \\ * ; & | # é"


@pytest.mark.parametrize(
    "name", ["example-rotate-access-key.yml", "example-refresh-thumbprints.yml"]
)
def test_an_example_runs_every_sunday_and_at_no_other_time(name):
    pipeline = template(name)
    [schedule] = pipeline["schedules"]
    assert schedule["cron"] == "0 0 * * Sun"
    assert schedule["always"] == "true"
    assert schedule["branches"] == {"include": ["main"]}
    assert pipeline["trigger"] == "none" and pipeline["pr"] == "none"


@pytest.mark.parametrize("name", ["rotate-access-key.yml", "refresh-thumbprints.yml"])
def test_a_template_has_no_schedule_which_would_not_count(name):
    assert template(name).keys() == {"parameters", "steps"}


def commands(result):
    """The arguments of `keyless exec`, and those of the `keyless` that it starts."""
    given = arguments(result)
    session, started = given[: given.index("--")], given[given.index("--") + 1 :]
    # Printed once behind `--`, and then by the second itself.
    both = started[started.index("keyless") + 1 :]
    own = both[: len(both) // 2]
    assert both == own * 2
    return session, own


# rotate-access-key.yml


def rotate(fake_keyless, **given):
    result = run(bash_step("rotate-access-key.yml", **{**REQUIRED["rotate-access-key.yml"], **given}), {}, fake_keyless)
    assert result.returncode == 0, result.stderr
    return commands(result)


def test_rotate_passes_only_what_was_given(fake_keyless):
    session, rotation = rotate(fake_keyless, userName="ci-deploy", secretId="prod/ci-deploy", serviceConnection="aws")
    assert session == ["exec", "--role-arn", "arn:aws:iam::111122223333:role/rotate", "--duration", "1h"]
    assert rotation == [
        "rotate", "--user-name", "ci-deploy", "--secret-id", "prod/ci-deploy", "--service-connection", "aws", "--yes",
    ]  # fmt: skip


def test_rotate_passes_everything_that_was_given(fake_keyless):
    session, rotation = rotate(
        fake_keyless,
        identityConnection="5f0d1a3e-7c44-4b8e-9a53-0c9c1d2e3f40",
        rotationsFile="keys of ours.json",
        organization="contoso",
        project="Web Shop",
        grace="7d",
        patParameter="/keyless/pat",
        slackWebhookParameter="/keyless/slack",
        webhookParameter="/keyless/hook",
        region="eu-west-1",
        duration="15m",
        trustedHosts="ado.example.org  aws.example.org\nlocalhost:8443\n",
        caBundle="our roots.pem",
        extraArguments="--older-than 30d\n  --replace-inactive\n",
        execArguments="--require-branch main\n--allowed-account-id 111122223333\n",
    )
    everywhere = [
        "--region", "eu-west-1", "--ca-bundle", "our roots.pem", "--trusted-host", "ado.example.org",
        "--trusted-host", "aws.example.org", "--trusted-host", "localhost:8443",
    ]  # fmt: skip
    assert session == [
        "exec", "--role-arn", "arn:aws:iam::111122223333:role/rotate", "--duration", "15m",
        "--service-connection", "5f0d1a3e-7c44-4b8e-9a53-0c9c1d2e3f40", *everywhere,
        "--require-branch", "main", "--allowed-account-id", "111122223333",
    ]  # fmt: skip
    assert rotation == [
        "rotate", "--rotations-file", "keys of ours.json", "--organization", "contoso", "--project", "Web Shop",
        "--grace", "7d", "--pat-parameter", "/keyless/pat", "--slack-webhook-parameter", "/keyless/slack",
        "--webhook-parameter", "/keyless/hook", *everywhere, "--yes", "--older-than", "30d", "--replace-inactive",
    ]  # fmt: skip


# An expanded boolean is True or False.
@pytest.mark.parametrize("value, expected", [("True", "--dry-run"), ("False", "--yes")])
def test_rotate_only_shows_what_it_would_do_when_asked_to(fake_keyless, value, expected):
    _, rotation = rotate(fake_keyless, rotationsFile="keys.json", dryRun=value)
    assert rotation == ["rotate", "--rotations-file", "keys.json", expected]


@pytest.mark.parametrize(
    "parameter, option",
    [
        ("userName", "--user-name"),
        ("secretId", "--secret-id"),
        ("serviceConnection", "--service-connection"),
        ("rotationsFile", "--rotations-file"),
        ("organization", "--organization"),
        ("project", "--project"),
        ("grace", "--grace"),
        ("patParameter", "--pat-parameter"),
        ("slackWebhookParameter", "--slack-webhook-parameter"),
        ("webhookParameter", "--webhook-parameter"),
        ("region", "--region"),
        ("caBundle", "--ca-bundle"),
    ],
)
def test_what_is_given_to_rotate_arrives_whole(fake_keyless, parameter, option):
    _, rotation = rotate(fake_keyless, **{parameter: NASTY})
    assert rotation == ["rotate", option, NASTY, "--yes"]


# refresh-thumbprints.yml


def refresh(fake_keyless, **given):
    step = bash_step("refresh-thumbprints.yml", **{**REQUIRED["refresh-thumbprints.yml"], **given})
    result = run(step, {}, fake_keyless)
    assert result.returncode == 0, result.stderr
    return commands(result)


def test_refresh_passes_only_what_was_given(fake_keyless):
    session, refreshing = refresh(fake_keyless)
    assert session == ["exec", "--role-arn", "arn:aws:iam::111122223333:role/thumbprints", "--duration", "1h"]
    assert refreshing == ["refresh-thumbprints", "--yes"]


def test_refresh_passes_everything_that_was_given(fake_keyless):
    session, refreshing = refresh(
        fake_keyless,
        serviceConnection="5f0d1a3e-7c44-4b8e-9a53-0c9c1d2e3f40",
        providerArns="arn:aws:iam::111122223333:oidc-provider/a.example\narn:aws:iam::111122223333:oidc-provider/b\n",
        issuerHosts="a.example b.example",
        tags="team=web shop\nstage=prod\n",
        prune="True",
        caBundle="our roots.pem",
        region="eu-west-1",
        duration="15m",
        trustedHosts="ado.example.org",
        extraArguments="--output json",
        execArguments="--ca-bundle agents.pem",
    )
    # The issuer's roots are no business of the exchange, which trusts nothing else where it is given some.
    assert session == [
        "exec", "--role-arn", "arn:aws:iam::111122223333:role/thumbprints", "--duration", "15m",
        "--service-connection", "5f0d1a3e-7c44-4b8e-9a53-0c9c1d2e3f40", "--region", "eu-west-1",
        "--trusted-host", "ado.example.org", "--ca-bundle", "agents.pem",
    ]  # fmt: skip
    assert refreshing == [
        "refresh-thumbprints", "--ca-bundle", "our roots.pem", "--region", "eu-west-1",
        "--provider-arn", "arn:aws:iam::111122223333:oidc-provider/a.example",
        "--provider-arn", "arn:aws:iam::111122223333:oidc-provider/b",
        "--issuer-host", "a.example", "--issuer-host", "b.example", "--tag", "team=web shop", "--tag", "stage=prod",
        "--trusted-host", "ado.example.org", "--prune", "--yes", "--output", "json",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value, expected, title", [("True", "--check", "Check thumbprints"), ("False", "--yes", "Refresh thumbprints")]
)
def test_refresh_only_checks_when_asked_to(fake_keyless, value, expected, title):
    _, refreshing = refresh(fake_keyless, check=value)
    assert refreshing == ["refresh-thumbprints", expected]
    step = bash_step("refresh-thumbprints.yml", **REQUIRED["refresh-thumbprints.yml"], check=value)
    assert step["displayName"] == title


@pytest.mark.parametrize("parameter, option", [("tags", "--tag"), ("caBundle", "--ca-bundle"), ("region", "--region")])
def test_what_is_given_to_refresh_arrives_whole(fake_keyless, parameter, option):
    _, refreshing = refresh(fake_keyless, **{parameter: NASTY})
    assert refreshing == ["refresh-thumbprints", option, NASTY, "--yes"]
