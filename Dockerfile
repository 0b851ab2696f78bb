FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/mrgvali

COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

COPY pyproject.toml requirements.in README.md LICENSE ./
COPY bot bot
COPY conversations conversations
COPY domain domain
COPY locales locales
COPY publish publish
COPY scheduler scheduler
COPY storage storage
RUN pip install --no-deps --no-build-isolation . \
    && useradd --create-home mrgvali \
    && install -d -o mrgvali /data /data/media

USER mrgvali
WORKDIR /data
ENV MRGVALI_HOST=0.0.0.0 MRGVALI_MEDIA_DIR=/data/media MRGVALI_DATABASE_URL=sqlite+aiosqlite:////data/mrgvali.db
VOLUME /data
EXPOSE 8080
CMD ["mrgvali", "serve"]
