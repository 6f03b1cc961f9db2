# Two stages: the first builds the environment, the second carries only it and the source.
FROM python:3.11-slim AS build
WORKDIR /build
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.txt requirements.lock ./
# The CPU build of torch first; the plain package on x86 would bring GPU packages.
RUN pip install "torch==2.13.0+cpu" --no-deps --index-url https://download.pytorch.org/whl/cpu \
 || pip install "torch==2.13.0" -c requirements.lock
RUN pip install -r requirements.txt -c requirements.lock

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home truceline
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY bot bot
COPY models models
COPY conflicts conflicts
COPY config.yaml ./
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HF_HUB_OFFLINE=1 \
    OMP_NUM_THREADS=2
USER 10001
# Mount your configuration at /data/config.yaml; the database is kept beside it.
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=20s --start-period=120s --retries=3 \
  CMD ["python", "-m", "bot", "health", "--config", "/data/config.yaml"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run", "--config", "/data/config.yaml"]
