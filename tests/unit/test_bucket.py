"""Pictures in a bucket of an S3 store."""

import io

import pytest
from django.core.exceptions import ImproperlyConfigured
from helpers.pictures import UPLOAD, picture, upload
from PIL import Image

from lawblog.media.env import env_storage
from lawblog.media.pictures import store

pytestmark = [pytest.mark.usefixtures("disk", "db"), pytest.mark.slow]


@pytest.fixture
def bucket(settings, monkeypatch):
    """Pictures in a bucket of an S3 store on this machine."""
    boto3 = pytest.importorskip("boto3", reason="pip install -r requirements-s3.txt")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(port=0)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    s3 = boto3.resource("s3", endpoint_url=endpoint, region_name="us-east-1", **keys)
    s3.create_bucket(Bucket="pictures-of-ours")
    variables = {
        "BUCKET": "pictures-of-ours",
        "ENDPOINT": endpoint,
        "REGION": "us-east-1",
        "KEY_ID": "key",
        "SECRET": "secret",
    }
    for name, value in variables.items():
        monkeypatch.setenv(f"MEDIA_S3_{name}", value)
    settings.STORAGES = {**settings.STORAGES, "default": env_storage("MEDIA_S3")}
    settings.MEDIA_IN_S3 = True
    yield s3.Bucket("pictures-of-ours")
    server.stop()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_pictures_in_a_bucket_still_come_from_us(bucket, client, publish, disk):
    url, *_ = store(upload(picture()))
    assert url.startswith("/media/pictures/")
    assert len(list(bucket.objects.all())) == 7
    publish(body=f'<p><img src="{url}" alt="A wall"></p>')
    answer = client.get(url)
    assert answer.status_code == 200
    assert Image.open(io.BytesIO(answer.getvalue())).size == (1200, 800)
    missing = f"/media/pictures/{'0' * 32}-10x10.jpg"
    assert client.get(missing).status_code == 404
    assert not (disk / "pictures").exists()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_bucket_that_is_away_loses_nothing(bucket, attorney_client, publish):
    url, *_ = store(upload(picture()))
    publish(body=f'<p><img src="{url}" alt="A wall"></p>')
    bucket.objects.all().delete()
    bucket.delete()
    answer = attorney_client.post(UPLOAD, {"upload": upload(picture((90, 90)))})
    assert "Your text is safe" in answer.json()["error"]["message"]
    assert attorney_client.get("/posts/a-title/").status_code == 200
    assert attorney_client.get("/admin/posts/post/pictures/").status_code == 200


def test_an_unset_bucket_means_this_machines_disk():
    assert env_storage("MEDIA_S3")["BACKEND"].endswith("AtomicFileSystemStorage")


@pytest.mark.parametrize(
    "given, sentence",
    [
        ({"SECRET": "s"}, "MEDIA_S3_SECRET is set but MEDIA_S3_BUCKET is not"),
        ({"BUCKET": "b", "KEY_ID": "k"}, "both MEDIA_S3_KEY_ID and MEDIA_S3_SECRET"),
        ({"BUCKET": "b", "SECRET_FILE": "/nowhere"}, "which cannot be read"),
    ],
)
def test_half_a_bucket_is_refused_with_a_sentence(monkeypatch, given, sentence):
    for name, value in given.items():
        monkeypatch.setenv(f"MEDIA_S3_{name}", value)
    with pytest.raises(ImproperlyConfigured, match=sentence):
        env_storage("MEDIA_S3")


def test_a_bucket_needs_its_libraries(monkeypatch):
    monkeypatch.setenv("MEDIA_S3_BUCKET", "b")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match="requirements-s3.txt"):
        env_storage("MEDIA_S3")
