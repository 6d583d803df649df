# docker build -t grantlint . && docker run --rm -v "$PWD:/src:ro" grantlint policies/
FROM python:3.13-slim AS build
WORKDIR /build
COPY . .
ENV PIP_CONSTRAINT=/build/constraints.txt PIP_BUILD_CONSTRAINT=/build/constraints.txt
RUN python -m venv /grantlint && /grantlint/bin/pip install --no-cache-dir '.[terraform]'

FROM python:3.13-slim
COPY --from=build /grantlint /grantlint
RUN useradd --create-home --uid 10001 grantlint
USER 10001
WORKDIR /src
ENTRYPOINT ["/grantlint/bin/grantlint"]
CMD ["."]
