"""The image, as far as it can be told without building it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit import config

from .work import HANGS_AFTER_SECONDS

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
DEPLOY = (ROOT / "docs" / "deploy.md").read_text()


def instructions(name):
    return re.findall(rf"^{name} +(.+)$", DOCKERFILE, re.MULTILINE)


def command():
    return json.loads(instructions("CMD")[-1])


@pytest.fixture
def image(tmp_path):
    """A folder with what the image holds of this checkout."""
    for line in instructions("COPY"):
        source, target = line.split()
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, tmp_path / "app" / target)
        else:
            place = tmp_path / "app" / target
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, place)
    return tmp_path / "app"


def test_all_that_is_copied_is_there_and_not_kept_out():
    sources = {line.split()[0] for line in instructions("COPY")}
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert sources == {line[1:] for line in ignored if line.startswith("!")}
    assert all((ROOT / source).exists() for source in sources)


def test_no_secret_and_no_database_is_copied(image):
    held = {path.name for path in image.rglob("*")}
    assert "secrets.toml" not in held
    assert not [name for name in held if name.endswith(".db")]


def test_the_image_holds_all_that_the_app_needs(image, tmp_path):
    script = (
        "from streamlit.testing.v1 import AppTest;"
        f"test = AppTest.from_file('app.py', default_timeout={HANGS_AFTER_SECONDS}).run();"
        "assert not test.exception; print(test.title[0].value)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=image,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PREP_ACCOUNTS": "", "PREP_DB": str(tmp_path / "prep.db")},
    )
    assert said.stdout.strip() == "Today"


def test_the_command_is_streamlits_own_with_options_that_it_has():
    assert command()[:5] == ["python", "-m", "streamlit", "run", "app.py"]
    options = [word[2:] for word in command() if word.startswith("--")]
    assert options == ["server.address", "server.port", "secrets.files"]
    assert all(option in config.get_config_options() for option in options)


def test_nobody_enters_the_image_without_sign_in_and_root_does_not_run_it():
    assert "PREP_ACCOUNTS=/data/accounts" in instructions("ENV")[0]
    assert instructions("USER") == ["prep"]


def test_the_port_the_volume_and_the_secrets_are_those_of_the_instructions():
    port, secrets = command()[command().index("--server.port") + 1], command()[-1]
    assert instructions("EXPOSE") == [port]
    assert f"127.0.0.1:{port}/_stcore/health" in instructions("HEALTHCHECK")[0]
    assert f"-p 127.0.0.1:{port}:{port}" in DEPLOY
    assert f":{instructions('VOLUME')[0]}" in DEPLOY
    assert f":{secrets}:ro" in DEPLOY
