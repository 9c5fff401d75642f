# shellcheck shell=bash
# What the benchmarks share, to be sourced in the project's directory: finds a Java, compiles tests and benchmarks.
# Sets bench, where everything goes, and java, the command that has them all on its class path.

# shellcheck source=.mvn/find-jdk.sh
. .mvn/find-jdk.sh
find_java 21 javac || exit 2
export DJL_OFFLINE=true OPT_OUT_TRACKING=true

bench=target/bench
mkdir -p "$bench"

# Succeeds if something was built after its sources were last changed.
is_fresh() {
  local made=$1
  shift
  [[ -e $made && -z $(find "$@" -newer "$made" -print -quit) ]]
}

if ! is_fresh "$bench/classpath" pom.xml src; then
  echo 'bench: building' >&2
  ./mvnw -q -B -ntp -Pbench test-compile dependency:build-classpath "-Dmdep.outputFile=$PWD/$bench/classpath.new" >&2
  mv "$bench/classpath.new" "$bench/classpath"
fi
# shellcheck disable=SC2034 # used by the script that sources this one
java=("$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -Dh2.bindAddress=127.0.0.1
  -cp "target/test-classes:target/classes:$(<"$bench/classpath")")
