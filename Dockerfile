# Prep on a server, with sign-in. How to run it: docs/deploy.md
FROM python:3.11-slim

RUN useradd --uid 10001 --create-home prep \
    && install --directory --owner prep --group prep --mode 0700 /data

WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt
COPY .streamlit/config.toml .streamlit/
COPY data/sources data/sources
COPY data/articles data/articles
COPY app.py ./
COPY pages pages
COPY prep prep
RUN python -m compileall -q app.py pages prep

# With PREP_ACCOUNTS set, nobody enters without sign-in, whatever the secrets lack.
ENV PREP_ACCOUNTS=/data/accounts \
    PREP_DB=/data/prep.db \
    PYTHONUNBUFFERED=1
USER prep
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", \
    "import urllib.request as r; r.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["python", "-m", "streamlit", "run", "app.py", \
    "--server.address", "0.0.0.0", "--server.port", "8501", \
    "--secrets.files", "/run/secrets/prep.toml"]
