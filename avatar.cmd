@echo off
rem Starts Avatar Engine on Windows, like ./avatar on other systems. Builds it first when it has not been built.
rem   avatar COMMAND ...   run a command (try: avatar demo)
rem   avatar test          build everything and run all tests
setlocal EnableExtensions DisableDelayedExpansion
set "AVATAR_HOME=%~dp0"
set "AVATAR_JAR=%AVATAR_HOME%app\target\avatar.jar"
set "AVATAR_CACHE=%AVATAR_HOME%app\target\avatar.aot"

set "AVATAR_JAVA="
if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined AVATAR_JAVA for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\jdk-25*" "%ProgramFiles%\Java\jdk-25*" "%ProgramFiles%\Microsoft\jdk-25*" "%ProgramFiles%\Zulu\zulu-25*") do call :try "%%~D"
if not defined AVATAR_JAVA (
    echo avatar: no JDK 25 or newer was found. Install one ^(for example: winget install EclipseAdoptium.Temurin.25.JDK^)>&2
    echo avatar: or set JAVA_HOME to the folder of one, then run the same command again.>&2
    exit /b 1
)

if /i "%~1"=="test" (
    call :maven verify
    exit /b
)
if not exist "%AVATAR_JAR%" (
    echo avatar: building ^(once; takes a minute or two^) ...>&2
    call :maven -q -DskipTests -Dspotless.check.skip=true package || exit /b 1
)

set "AVATAR_OPTIONS=--enable-native-access=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseParallelGC -Xmn400m"
if not defined AVATAR_MEMORY set "AVATAR_MEMORY=800m"
if exist "%AVATAR_CACHE%" set "AVATAR_OPTIONS=%AVATAR_OPTIONS% -XX:AOTCache="%AVATAR_CACHE%" -Xlog:disable"
"%AVATAR_JAVA%\bin\java" %AVATAR_OPTIONS% -Xmx%AVATAR_MEMORY% -jar "%AVATAR_JAR%" %*
exit /b %ERRORLEVEL%

:try
if defined AVATAR_JAVA exit /b
if not exist "%~1\bin\java.exe" exit /b
for /f "tokens=2 delims==." %%V in ('findstr /b JAVA_VERSION "%~1\release" 2^>nul') do if %%~V geq 25 set "AVATAR_JAVA=%~1"
exit /b

:maven
where npm >nul 2>nul || (
    echo avatar: npm is needed to build. Install Node.js and try again.>&2
    exit /b 1
)
set "JAVA_HOME=%AVATAR_JAVA%"
set "MAVEN_OPTS=%MAVEN_OPTS% --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
pushd "%AVATAR_HOME%"
call mvnw.cmd -B %*
set "AVATAR_CODE=%ERRORLEVEL%"
popd
exit /b %AVATAR_CODE%
